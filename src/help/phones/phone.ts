/** `yes`: every one of this name but for the exception; `some`: it depends on where it was sold; `no`: none. */
export type TakesEsim = 'yes' | 'some' | 'no';

export interface Phone {
  maker: string;
  name: string;
  /** Other names that people know it by. */
  aliases: string[];
  year: number;
  esim: TakesEsim;
  /** Key of a sentence in the words of `phones.except`, or null. */
  except: string | null;
}

/** The phones of one maker and year with the same answer: names separated by commas, other names after a slash. */
export function phones(
  maker: string,
  year: number,
  esim: TakesEsim,
  names: string,
  except: string | null = null,
): Phone[] {
  return names.split(',').map((line) => {
    const [name = '', ...aliases] = line.split('/').map((text) => text.trim());
    return { maker, name, aliases, year, esim, except };
  });
}
