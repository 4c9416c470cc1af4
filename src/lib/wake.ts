import { EventEmitter } from 'node:events';

/** Tells the worker's loops of this process that there may be work; without it they find it at their next look. */
const bell = new EventEmitter().setMaxListeners(50);

export const wake = () => bell.emit('work');

export const onWake = (listener: () => void) => {
  bell.on('work', listener);
  return () => bell.off('work', listener);
};
