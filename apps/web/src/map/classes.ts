/** A colour a forest class, light enough for the dark border of what is chosen. The legend tells what they mean. */
export const CLASS_COLOURS: Readonly<Record<string, string>> = {
  broadleaf: '#5f9f6e',
  mixed: '#8db98a',
  conifer: '#2f6f5e',
  bamboo: '#c3cf5a',
  economic: '#d99a4e',
  tea: '#a7773f',
  shrub: '#b9b08a',
  wetland: '#6fa8c9',
  'farmland-reserved': '#d9c7b0',
};

export const colourOf = (forestClass: string): string => CLASS_COLOURS[forestClass] ?? '#c4ccc5';
