/** What staff says most often when a review is not shown; the writer reads it. */
export const CANNED_REASONS = [
  'It advertises something else, or holds a link.',
  'It holds personal data, such as a name, an address or a telephone number.',
  'It holds a code of an eSIM, which others could use.',
  'It is not about this eSIM. For questions about an order, please write to us.',
  'Its words are insulting. Please say the same in a polite way.',
];
