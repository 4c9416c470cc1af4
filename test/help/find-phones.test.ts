import { expect } from 'chai';
import { findPhones } from '../../src/help/find-phones.js';
import { PHONES } from '../../src/help/phones/index.js';
import { typingErrors } from '../../src/help/typing-errors.js';
import { hasWords } from '../../src/lib/i18n.js';
import { sized } from '../support/figures.js';

const found = (model: string) => {
  const { exact, near } = findPhones(model);
  return { exact: exact?.name, near: near.map(({ name }) => name) };
};

describe('The list of phones', () => {
  it('holds more than two hundred models, each once, of a year that can be', () => {
    const names = PHONES.map(({ maker, name }) => `${maker} ${name}`);
    expect(names.length).to.be.above(200);
    expect(new Set(names).size).to.equal(names.length);
    for (const { name, year } of PHONES) {
      expect(name).to.match(/^\S.*\S$/);
      expect(year, name).to.be.within(2012, 2026);
    }
  });

  it('has a sentence for every exception, and one wherever the answer depends on the sale', () => {
    for (const { name, esim, except } of PHONES) {
      if (except) expect(hasWords(`phones.except.${except}`), `${name}: ${except}`).to.equal(true);
      if (esim === 'some') expect(except, name).to.be.a('string');
    }
  });

  it('knows the phones that buyers get wrong', () => {
    const answers = Object.fromEntries(PHONES.map(({ name, esim }) => [name, esim]));
    expect(answers).to.include({
      'iPhone XR': 'yes',
      'iPhone X': 'no',
      'iPhone SE (2016)': 'no',
      'iPhone SE (2020)': 'yes',
      'Galaxy S20 FE': 'no',
      'Galaxy S21 FE': 'no',
      'Galaxy S23 FE': 'yes',
      'Galaxy S20': 'some',
      'Galaxy Note20 Ultra': 'some',
      'Galaxy S10': 'no',
      'Pixel 3a': 'some',
      'Pixel 4a': 'yes',
      'Xiaomi 12 Pro': 'no',
      'Xiaomi 12T Pro': 'yes',
      'P40 Pro': 'yes',
      'P40 Pro+': 'no',
      'Phone (2)': 'no',
    });
  });
});

describe('Looking for a phone', () => {
  it('finds every phone by its name, with its maker and without', () => {
    const step = sized(10, 1);
    for (const { maker, name, esim } of PHONES.filter((_, index) => index % step === 0)) {
      for (const model of [name, `${maker} ${name}`, name.toUpperCase(), ` ${name.replaceAll(' ', '  ')} `]) {
        expect(findPhones(model).exact, model).to.include({ esim });
      }
    }
  });

  for (const [typed, meant] of [
    ['iphone13pro', 'iPhone 13 Pro'],
    ['15promax', 'iPhone 15 Pro Max'],
    ['iPhone SE 2', 'iPhone SE (2020)'],
    ['iphone se 3rd generation', 'iPhone SE (2022)'],
    ['iPhone 10', 'iPhone X'],
    ['s23+', 'Galaxy S23+'],
    ['Samsung S23 Ultra', 'Galaxy S23 Ultra'],
    ['galaxy z fold5 5g', 'Galaxy Z Fold5'],
    ['Nothing Phone 2', 'Phone (2)'],
    ['pixel 7A', 'Pixel 7a'],
    ['razr 2024', 'Razr 50'],
  ] as const) {
    it(`takes “${typed}” for the ${meant}`, () => {
      expect(found(typed).exact).to.equal(meant);
    });
  }

  for (const [typed, meant] of [
    ['iphne 13', 'iPhone 13'],
    ['pixle 7', 'Pixel 7'],
    ['samsng s22', 'Galaxy S22'],
    ['galaxxy s22', 'Galaxy S22'],
    ['xioami 13t', 'Xiaomi 13T'],
    ['hauwei p40', 'P40'],
    ['motorloa edge 40', 'Edge 40'],
  ] as const) {
    it(`forgives a slip of the finger: “${typed}” comes nearest to the ${meant}`, () => {
      expect(found(typed).near[0]).to.equal(meant);
    });
  }

  it('never takes one number for another', () => {
    expect(found('iphone 18 pro')).to.deep.equal({ exact: undefined, near: [] });
    expect(found('nokia 3310')).to.deep.equal({ exact: undefined, near: [] });
    expect(found('iPhone SE 2021').near).to.deep.equal([]);
    const thirteens = found('iphne 13').near;
    expect(thirteens.every((name) => name.includes('13'))).to.equal(true);
  });

  it('offers the likely ones while a name is still being typed', () => {
    expect(found('ipho').near).to.have.length(12);
    expect(found('galaxy z fl').near[0]).to.match(/^Galaxy Z Flip/);
    expect(found('samsung').near.every((name) => name.startsWith('Galaxy'))).to.equal(true);
  });

  it('finds nothing for nothing, signs, other scripts and endless lists of words', () => {
    for (const model of ['', '   ', '%_*', '一加', "' OR 1=1 --", 'a '.repeat(40)])
      expect(found(model), model).to.deep.equal({ exact: undefined, near: [] });
  });
});

describe('Typing errors', () => {
  for (const [a, b, count] of [
    ['pixel', 'pixel', 0],
    ['pixle', 'pixel', 1],
    ['pxel', 'pixel', 1],
    ['pixxel', 'pixel', 1],
    ['bixel', 'pixel', 1],
    ['smasnug', 'samsung', 2],
    ['', 'edge', 4],
    ['ab', 'ba', 1],
  ] as const) {
    it(`between “${a}” and “${b}”: ${count}`, () => {
      expect(typingErrors(a, b)).to.equal(count);
      expect(typingErrors(b, a)).to.equal(count);
    });
  }
});
