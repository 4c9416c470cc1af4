/* The queue of reviews at keyboard speed. All of it can be done by links and buttons as well. */
(() => {
  const items = () => [...document.querySelectorAll('.queue-item')];
  const find = (item, key) => item?.querySelector(`[data-key="${key}"]`);

  const look = (item) => {
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest' });
  };

  const current = () => document.activeElement?.closest('.queue-item') ?? null;

  const move = (step) => {
    const all = items();
    const place = all.indexOf(current());
    look(all[place === -1 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1)]);
  };

  const reject = (item) => {
    const details = find(item, 'reject');
    if (!details) return;
    details.open = true;
    details.querySelector('input[name="reason"]').focus();
  };

  const keys = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    a: () => find(current(), 'approve')?.requestSubmit(),
    r: () => reject(current()),
    x: () => find(current(), 'tick')?.click(),
    u: () => find(document.getElementById('queue'), 'undo')?.requestSubmit(),
  };

  const isTyping = ({ target }) => target.matches('textarea, select, input:not([type="checkbox"])');

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event)) {
      if (event.key === 'Escape') look(current());
      return;
    }
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    // A key that is held must not judge what nobody has read: only a new press does.
    if (event.repeat && (event.key === 'a' || event.key === 'u')) return;
    act();
  });

  // After a judgement the next review has the focus; where a refusal stands, the one that it is about.
  document.addEventListener('htmx:after:settle', () => {
    look(document.querySelector('.queue-item[data-next]') ?? current() ?? items()[0]);
  });

  look(document.querySelector('.queue-item:target') ?? items()[0]);
})();
