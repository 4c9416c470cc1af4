import ejs from 'ejs';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export type Values = Record<string, unknown>;

/**
 * Every template of a folder, compiled once at boot. A template sees one object, `it`: the values of the page, and
 * `it.part(name, values)`, which renders another template with the page's values and those on top.
 */
export class Views {
  private readonly templates = new Map<string, ejs.TemplateFunction>();

  constructor(private readonly folder: string) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.ejs')) this.templates.set(nameOf(file), compile(join(folder, file)));
    }
  }

  names() {
    return [...this.templates.keys()];
  }

  /** Throws when there is no such template. */
  render(name: string, values: Values): string {
    const template = this.templates.get(name);
    if (!template) throw new Error(`There is no view ${name}`);
    return template({
      ...values,
      part: (other: string, more: Values = {}) => this.render(other, { ...values, ...more }),
    });
  }

  /** For `app.engine`: a page is set into layout/page, a fragment (its name starts with `_`) stands alone. */
  engine = (file: string, values: object, done: (error: unknown, html?: string) => void) => {
    try {
      const name = nameOf(relative(this.folder, file));
      const body = this.render(name, values as Values);
      done(null, isFragment(name) ? body : this.render('layout/page', { ...values, body }));
    } catch (error) {
      done(error);
    }
  };
}

const nameOf = (file: string) => file.replace(/\.ejs$/, '');

const isFragment = (name: string) => name.split('/').at(-1)!.startsWith('_');

const compile = (filename: string) =>
  ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    strict: true,
    _with: false,
    localsName: 'it',
    compileDebug: true,
  });
