import { describe, expect, test } from 'vitest';
import { blocksOf, expectSound, failure, read } from '../../../support/documents/read';
import { writeDocx, writeEpub, writeOdt, zipped } from '../../../support/documents/write-zip-documents';

const paragraph = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const style = (id: string, name: string, more = ''): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;

describe('Word', () => {
  test('headings by style, also by one that is based on it', async () => {
    const styles = `<w:styles>${style('berschrift2', 'heading 2')}${style('Own', 'Chapter', '<w:basedOn w:val="berschrift2"/>')}${style('T', 'Title')}${style('Out', 'Out', '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>')}${style('Loop', 'Loop', '<w:basedOn w:val="Loop"/>')}</w:styles>`;
    const ids = ['T', 'berschrift2', 'Own', 'Out', 'Loop', 'Unknown'];
    const body = ids.map((id) => paragraph(id, `<w:pStyle w:val="${id}"/>`)).join('');
    const document = await read('docx', writeDocx(body, { 'word/styles.xml': styles }));
    expectSound(document);
    expect(blocksOf(document)).toEqual([
      'heading1: T',
      'heading2: berschrift2',
      'heading2: Own',
      'heading4: Out',
      'paragraph: Loop',
      'paragraph: Unknown',
    ]);
  });

  test('lists count as Word shows them', async () => {
    const level = (depth: number, format: string): string =>
      `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/></w:lvl>`;
    const numbering = `<w:numbering><w:abstractNum w:abstractNumId="7">${level(0, 'decimal')}${level(1, 'lowerLetter')}</w:abstractNum><w:abstractNum w:abstractNumId="8">${level(0, 'bullet')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`;
    const item = (id: number, depth: number): string =>
      paragraph('x', `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${id}"/></w:numPr>`);
    const body = [item(1, 0), item(1, 1), item(1, 1), item(1, 0), item(1, 1), item(2, 0), item(0, 0)].join(
      '',
    );
    const document = await read('docx', writeDocx(body, { 'word/numbering.xml': numbering }));
    expect(blocksOf(document)).toEqual([
      'list-item: 1. x',
      'list-item: a) x',
      'list-item: b) x',
      'list-item: 2. x',
      'list-item: a) x',
      'list-item: - x',
      'paragraph: x',
    ]);
  });

  test('tables, notes, tabs and breaks', async () => {
    const cell = (text: string): string => `<w:tc>${paragraph(text)}</w:tc>`;
    const body = `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('name')}${cell('year')}</w:tr><w:tr>${cell('Ada')}${cell('1815')}</w:tr></w:tbl><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>`;
    const footnotes = `<w:footnotes><w:footnote w:type="separator" w:id="0">${paragraph('no')}</w:footnote><w:footnote w:id="2">${paragraph('A note.')}</w:footnote></w:footnotes>`;
    const document = await read('docx', writeDocx(body, { 'word/footnotes.xml': footnotes }));
    expect(blocksOf(document)).toEqual([
      'table-row: name; year',
      'table-row: name: Ada; year: 1815',
      'paragraph: a\tb\nc',
      'paragraph: A note.',
    ]);
  });

  test('deleted and hidden text, former styles and fallbacks are left out; inserted text is there', async () => {
    const body = `<w:p><w:pPr><w:pStyle w:val="P"/><w:pPrChange><w:pPr><w:pStyle w:val="H"/></w:pPr></w:pPrChange></w:pPr><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins><w:r><w:t>yes</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> and</w:t></w:r><w:r><w:instrText>no</w:instrText></w:r></w:p><w:p><mc:AlternateContent><mc:Choice><w:r><w:t>one</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>no</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>`;
    const document = await read('docx', writeDocx(body, { 'word/styles.xml': style('H', 'heading 1') }));
    expect(blocksOf(document)).toEqual(['paragraph: yes and', 'paragraph: one']);
  });
});

describe('OpenDocument', () => {
  test('structure becomes blocks', async () => {
    const body = `<text:p text:style-name="Title">Title</text:p><text:h text:outline-level="2">Part</text:h>
      <text:p>Words<text:s text:c="2"/>and<text:tab/>more<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p>
      <text:p>a<office:annotation><text:p>no</text:p></office:annotation></text:p>
      <text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>
      <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>name</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>Ada</text:p></table:table-cell></table:table-row></table:table>
      <text:tracked-changes><text:p>no</text:p></text:tracked-changes>`;
    const document = await read('odt', writeOdt(body));
    expectSound(document);
    expect(blocksOf(document)).toEqual([
      'heading1: Title',
      'heading2: Part',
      'paragraph: A note.',
      'paragraph: Words  and\tmore.',
      'paragraph: a',
      'list-item: - one',
      'list-item: - inner',
      'table-row: name',
      'table-row: name: Ada',
    ]);
  });

  test('an encrypted one is told', async () => {
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    expect(await failure(read('odt', writeOdt('x', { 'META-INF/manifest.xml': manifest })))).toMatch(
      /is encrypted/,
    );
  });
});

describe('EPUB', () => {
  test('chapters are pages in reading order', async () => {
    const progress: string[] = [];
    const document = await read(
      'epub',
      writeEpub(['<h1>One</h1><p>a</p>', '<p>b</p>', '', '<p>&nbsp;c</p>']),
    );
    expectSound(document);
    expect(blocksOf(document)).toEqual(['heading1: One', 'paragraph: a', 'paragraph: b', 'paragraph: c']);
    const { text, pages = [] } = document;
    expect(pages.map((start, index) => text.slice(start, pages[index + 1]).trim())).toEqual([
      'One\n\na',
      'b',
      '',
      'c',
    ]);
    expect(progress).toEqual([]);
  });

  test('scripts in a chapter are left out', async () => {
    const document = await read(
      'epub',
      writeEpub(['<p>a</p><script>no()</script><script src="x"/><p>b</p>']),
    );
    expect(blocksOf(document)).toEqual(['paragraph: a', 'paragraph: b']);
  });

  test('copy protection is told, scrambled fonts are not', async () => {
    const locks = (path: string): string =>
      `<encryption><enc:EncryptedData><enc:CipherData><enc:CipherReference URI="${path}"/></enc:CipherData></enc:EncryptedData></encryption>`;
    const withLock = (path: string): Uint8Array =>
      writeEpub(['<p>a</p>'], { 'META-INF/encryption.xml': locks(path) });
    expect(await failure(read('epub', withLock('OEBPS/text/chapter%200.xhtml')))).toMatch(/copy protection/);
    expect((await read('epub', withLock('OEBPS/fonts/a.otf'))).text).toBe('a');
  });

  test('a chapter that is missing is told', async () => {
    const book =
      '<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>';
    const document = await read(
      'epub',
      writeEpub([], { 'OEBPS/book.opf': book, 'OEBPS/b.xhtml': '<p>b</p>' }),
    );
    expect(document).toMatchObject({ text: 'b', notices: ['Missing in the file: OEBPS/a.xhtml.'] });
  });
});

describe('what is no such document is told', () => {
  const zip = zipped({ 'a.txt': 'a' });
  test.each([
    ['docx', /no Word document: it lacks/],
    ['odt', /no OpenDocument text: it lacks/],
    ['epub', /no EPUB: it lacks/],
  ] as const)('another zip as %s', async (kind, message) =>
    expect(await failure(read(kind, zip))).toMatch(message),
  );

  test.each(['docx', 'odt', 'epub'] as const)('bytes that are no zip as %s', async (kind) => {
    expect(await failure(read(kind, 'only words'))).toMatch(/is no .*: it lacks/);
  });

  test.each([
    ['docx', writeDocx('<w:p/>')],
    ['odt', writeOdt('<text:p/>')],
    ['epub', writeEpub(['<img src="x.png"/>'])],
  ] as const)('a %s without text', async (kind, bytes) => {
    expect(await failure(read(kind, bytes))).toMatch(/There is no text in/);
  });
});
