import { expect, test } from 'vitest';
import { guessLanguage } from '../../../../src/documents/keywords/guess-language';

test.each([
  ['en', 'The committee has decided that the building will be sold before the end of the year.'],
  ['de', 'Der Ausschuss hat beschlossen, dass das Gebäude vor Ende des Jahres verkauft wird.'],
  ['fr', 'Le comité a décidé que le bâtiment serait vendu avant la fin de l’année.'],
  ['es', 'El comité ha decidido que el edificio se venderá antes de que termine el año.'],
  ['it', 'Il comitato ha deciso che l’edificio sarà venduto prima della fine dell’anno.'],
  ['pt', 'O comitê decidiu que o edifício será vendido antes do fim do ano, mas não disse a quem.'],
  ['nl', 'De commissie heeft besloten dat het gebouw voor het einde van het jaar wordt verkocht.'],
  ['sv', 'Kommittén har beslutat att byggnaden ska säljas före årets slut, men inte till vem.'],
  ['da', 'Udvalget har besluttet, at bygningen skal sælges inden årets udgang, men ikke til hvem.'],
  ['fi', 'Valiokunta on päättänyt, että rakennus myydään ennen vuoden loppua, mutta se ei ole vielä varmaa.'],
  ['ru', 'Комитет решил, что здание будет продано до конца года, но он ещё не сказал кому.'],
  ['ja', '委員会は建物を年末までに売却することを決めた。'],
  ['zh', '委员会决定在年底前出售这座大楼。'],
  ['ko', '위원회는 연말까지 건물을 매각하기로 결정했다.'],
  ['el', 'Η επιτροπή αποφάσισε ότι το κτίριο θα πωληθεί.'],
])('%s', (language, text) => {
  expect(guessLanguage(text)).toBe(language);
});

test.each(['', '42', 'x = y + 1;', 'Lorem ipsum dolor sit amet consectetur', '***'])(
  '“%s” is in no language',
  (text) => {
    expect(guessLanguage(text)).toBeUndefined();
  },
);

test('a question is enough', () => {
  expect(guessLanguage('Was ist die Hauptstadt von Frankreich?')).toBe('de');
  expect(guessLanguage('What is the capital of France?')).toBe('en');
  expect(guessLanguage('Quelle est la capitale de la France ?')).toBe('fr');
});
