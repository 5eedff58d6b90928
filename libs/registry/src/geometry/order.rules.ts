/** The places of the values from the least to the greatest. Numbers only: a map has millions of edges. */
export function orderOf(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let place = 0; place < order.length; place += 1) order[place] = place;
  return order.sort((a, b) => values[a]! - values[b]!);
}

export function inOrder(values: Float64Array, order: Uint32Array): Float64Array {
  const sorted = new Float64Array(order.length);
  for (let place = 0; place < order.length; place += 1) sorted[place] = values[order[place]!]!;
  return sorted;
}
