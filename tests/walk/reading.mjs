// Reads what the program exports, as its readers' programs would.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import JSONstat from 'jsonstat-toolkit';
import { unzip } from './zip.mjs';

// Rows of a CSV file as a Swedish spreadsheet reads it: BOM, semicolons, CRLF.
export function read_csv(bytes) {
  const text = bytes.toString('utf8');
  assert.ok(text.startsWith('\uFEFF'), 'the file does not begin with a BOM');
  assert.ok(!/[^\r]\n/.test(text), 'a line does not end with CRLF');
  const rows = [[]];
  for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^;\r\n"]*))(;|\r\n|$)/gy)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

const plain = (xml) => xml.replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

// The first sheet's rows: texts and numbers.
export function read_xlsx(bytes) {
  const parts = unzip(bytes);
  const texts = [...(parts.get('xl/sharedStrings.xml')?.toString() ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, one]) => plain(one));
  const sheet = parts.get('xl/worksheets/sheet1.xml').toString();
  assert.doesNotMatch(sheet, /<f[ >]/, 'a cell is a formula');
  return [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row]) =>
    [...(row ?? '').matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, kind, cell]) => {
      const value = cell?.match(/<v>(.*?)<\/v>/s)?.[1];
      if (/t="s"/.test(kind)) return texts[value];
      if (/t="(inlineStr|str)"/.test(kind)) return plain(cell);
      return value === undefined ? '' : Number(value);
    }));
}

// The keywords of a PC-Axis file: {keyword: [values]}, "VALUES(kön)" among them.
export function read_px(bytes) {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const keywords = {};
  for (const [, name, subject, values] of text.matchAll(/^([A-Z0-9-]+)(?:\("(.*?)"\))?=((?:"[^"]*"|[^";])*);/gms)) {
    const read = name === 'DATA' ? values.trim().split(/\s+/) : values.match(/"[^"]*"(?:\s*\n\s*"[^"]*")*|[^",\s]+/g);
    keywords[subject ? `${name}(${subject})` : name] = read.map((value) => value.replace(/"\s*\n\s*"/g, '').replaceAll('"', ''));
  }
  return keywords;
}

// A JSON-stat data set in the hands of its own toolkit: {set, at}, where at({sex: 'kvinna'}) is {value, status}.
export function read_json_stat(bytes) {
  const set = JSONstat(JSON.parse(bytes.toString('utf8')));
  assert.equal(set.class, 'dataset');
  assert.equal(set.n, set.size.reduce((product, length) => product * length, 1));
  return { set, at: (where) => set.Data(where) };
}

// The paragraphs of a Word document, the empty ones too.
export const read_docx = (bytes) =>
  [...unzip(bytes).get('word/document.xml').toString().matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) => plain(paragraph.replace(/<w:(tab|br)\/>/g, ' ')));

export const read_pdf = (bytes) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes }).toString();
