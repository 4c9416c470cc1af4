import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../../src/lib/root.js';
import { hasWords } from '../../src/lib/i18n.js';

const FOLDER = fromRoot('views');
const views = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ejs'),
);
const textOf = (view: string) => readFileSync(join(FOLDER, view), 'utf8');

/** What may stand unescaped: other templates. (Mails in plain text know no markup.) */
const UNESCAPED = /^<%-\s*(it\.part\(|it\.body\b)/;

describe('The views', () => {
  it('use only words that the catalogue of words has', () => {
    const missing = views.flatMap((view) =>
      [...textOf(view).matchAll(/\bt\(\s*'([\w.]+)'/g)]
        .map(([, key]) => key!)
        .filter((key) => !hasWords(key) && !hasWords(`${key}_other`))
        .map((key) => `${view}: ${key}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it('put nothing into a page unescaped but other templates', () => {
    const raw = views
      .filter((view) => !view.endsWith('.text.ejs'))
      .flatMap((view) =>
        [...textOf(view).matchAll(/<%-[^%]*/g)]
          .map(([tag]) => tag)
          .filter((tag) => !UNESCAPED.test(tag))
          .map((tag) => `${view}: ${tag.trim()}`),
      );
    expect(raw).to.deep.equal([]);
  });

  it('hold no style and no script of their own', () => {
    const inline = views.filter(
      (view) => !view.startsWith('mail/') && / style="| on[a-z]+="|<style|<script>/.test(textOf(view)),
    );
    expect(inline).to.deep.equal([]);
  });
});
