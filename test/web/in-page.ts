/**
 * Scripts that run inside a page. They are texts: the tests are compiled for Node, where there is no document, and
 * its types must not reach the server's code.
 */

/** What sticks out of the window, and what is too small for a thumb. */
export const FLAWS = `(() => {
  const width = document.documentElement.clientWidth;
  const nameOf = (element) => element.tagName + '.' + element.getAttribute('class');
  const isSeen = (element) => element.getClientRects().length > 0 && !element.closest('.visually-hidden');
  const boxOf = (element) => element.getBoundingClientRect();
  const wide = [...document.querySelectorAll('body *')]
    .filter((element) => isSeen(element) && boxOf(element).right > width + 1)
    .map((element) => 'wide: ' + nameOf(element));
  const small = [...document.querySelectorAll('button, a.button, a.tab, select, summary, input.input')]
    .filter((element) => isSeen(element) && boxOf(element).height < 44)
    .map((element) => 'small: ' + nameOf(element));
  return [...wide, ...small];
})()`;

/** The size of each sentence of a certificate. */
export const SIZES_OF_WORDS = `[...document.querySelectorAll('.certificate-words p')].map(
  (sentence) => getComputedStyle(sentence).fontSize,
)`;
