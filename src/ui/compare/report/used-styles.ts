/** The rules of the page's style sheets that an element and what is in it can come under. */

export function usedStyles(element: Element): string {
  return [...document.styleSheets].flatMap((sheet) => rulesFor(element, sheet.cssRules)).join('\n');
}

function rulesFor(element: Element, rules: CSSRuleList): string[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSStyleRule) return mayMatch(element, rule.selectorText) ? rule.cssText : [];
    if (!(rule instanceof CSSMediaRule)) return rule instanceof CSSFontFaceRule ? [] : rule.cssText;
    const inner = rulesFor(element, rule.cssRules);
    return inner.length > 0 ? `@media ${rule.conditionText} {\n${inner.join('\n')}\n}` : [];
  });
}

/** States such as `:hover` come later; the root and the body are there in every document. */
function mayMatch(element: Element, selectors: string): boolean {
  if (/(^|[\s,(])(:root|html|body|\*)/.test(selectors)) return true;
  const plain = selectors.replaceAll(
    /::?(?:hover|focus|focus-visible|active|before|after|marker|open)\b/g,
    '',
  );
  try {
    return element.matches(plain) || element.querySelector(plain) !== null;
  } catch {
    // A selector that is nothing without its state.
    return false;
  }
}
