class Html {
  constructor(readonly source: string) {}
}
export type { Html };
type Piece = Html | string | number | null | undefined | false | Piece[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of a page; whatever is put in is escaped unless it is such a piece itself. */
export function html(strings: TemplateStringsArray, ...values: Piece[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(escaped)));
}

function escaped(value: Piece): string {
  if (Array.isArray(value)) return value.map(escaped).join('');
  if (value instanceof Html) return value.source;
  if (value === null || value === undefined || value === false) return '';
  return String(value).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

const STYLE = html`<style>
  body {
    font:
      16px/1.5 system-ui,
      sans-serif;
    margin: 0 auto;
    max-width: 44rem;
    padding: 1rem;
    color: #1f2933;
  }
  .sign {
    background: #fff3c4;
    border: 1px solid #cb6e17;
    border-radius: 4px;
    padding: 0.5rem 1rem;
  }
  .problem {
    background: #ffe3e3;
    border: 1px solid #ab091e;
    border-radius: 4px;
    padding: 0.5rem 1rem;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: left;
    padding: 0.4rem 0.6rem;
    border-bottom: 1px solid #cbd2d9;
    vertical-align: top;
  }
  .amount {
    text-align: right;
    white-space: nowrap;
  }
  label {
    display: block;
    margin: 0.5rem 0;
  }
  input {
    font: inherit;
    padding: 0.4rem;
    width: 100%;
    box-sizing: border-box;
  }
  button {
    font: inherit;
    padding: 0.6rem 1rem;
    min-height: 44px;
    cursor: pointer;
  }
  iframe {
    width: 100%;
    height: 60vh;
    border: 1px solid #cbd2d9;
  }
  code {
    overflow-wrap: anywhere;
  }
</style>`;

export function document(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        ${body}
      </body>
    </html>`.source;
}
