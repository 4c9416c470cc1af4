import { playPart } from './sequences.js';

playPart(2);
