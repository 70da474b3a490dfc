/**
 * A comparison as one HTML file that needs nothing from elsewhere: drawn by the parts that draw it on the screen, then
 * taken down as text with the styles it uses. No text of a model or a person is ever put together with markup by hand.
 */
import { mount, tick, unmount } from 'svelte';
import type { WholeComparison } from '../../../core/comparison';
import ComparisonReport from './ComparisonReport.svelte';
import type { ReportSources } from './report-sources';
import { usedStyles } from './used-styles';

/** CSS pixels: charts are drawn for this width. */
const width = 1120;
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export async function writeReport(whole: WholeComparison, sources: ReportSources): Promise<string> {
  const stage = document.createElement('div');
  stage.inert = true;
  // Beside the screen, but laid out: charts measure their room.
  Object.assign(stage.style, { position: 'fixed', left: '-9999px', top: '0', width: `${width}px` });
  document.body.append(stage);
  const report = mount(ComparisonReport, { target: stage, props: { whole, ...sources } });
  try {
    await tick();
    await nextFrame();
    const copy = stage.cloneNode(true) as HTMLElement;
    // What is pressed would do nothing in a file; the charts say in words what their tables would show.
    for (const control of copy.querySelectorAll('button, figure details')) control.remove();
    for (const chart of copy.querySelectorAll('svg[role="img"]')) fitToPage(chart);
    return documentOf(whole.comparison.title, usedStyles(copy), [...copy.childNodes]);
  } finally {
    await unmount(report);
    stage.remove();
  }
}

/** Two frames: sizes are observed in the first one. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** A chart was drawn for one width, and is read at any. */
function fitToPage(chart: Element): void {
  const [width, height] = ['width', 'height'].map((side) => chart.getAttribute(side) ?? '0');
  chart.setAttribute('viewBox', `0 0 ${width} ${height}`);
  chart.removeAttribute('height');
}

function documentOf(title: string, styles: string, content: readonly Node[]): string {
  const page = document.implementation.createHTMLDocument(title);
  page.head.prepend(
    element(page, 'meta', { charset: 'utf-8' }),
    element(page, 'meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element(page, 'meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
  );
  const style = page.createElement('style');
  style.textContent = styles;
  page.head.append(style);
  page.body.append(...content.map((node) => page.importNode(node, true)));
  return `<!doctype html>\n<html lang="en">${page.documentElement.getHTML()}</html>\n`;
}

function element(page: Document, name: string, attributes: Readonly<Record<string, string>>): Element {
  const made = page.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
