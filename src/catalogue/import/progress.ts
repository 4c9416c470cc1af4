/** Who wants to hear how far an import is; counts only grow. */
export interface Progress {
  read(rows: number): void;
  written(rows: number, of: number): void;
}

export const inSilence: Progress = { read: () => undefined, written: () => undefined };
