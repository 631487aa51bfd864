/**
 * Where two lists of provisions run alike: pairs of places with the same number, in the order of both; null where less
 * than three in five agree. `is_alike` says that headings or parts agree too, so that they are versions of one text.
 */
function alike(left, right) {
  const places = new Map();
  right.forEach((row, place) => { const held = places.get(row.number); if (held) held.push(place); else places.set(row.number, [place]); });
  const pairs = [];
  let last = -1, same = 0;
  left.forEach((row, place) => {
    const found = row.number ? places.get(row.number)?.find((other) => other > last) : undefined;
    // A far leap forward would leave everything between without its pair.
    if (found === undefined || found - last > 40 + right.length / 10) return;
    last = found;
    pairs.push([place, found]);
    if (right[found].heading === row.heading || (row.part && right[found].part === row.part)) same += 1;
  });
  if (pairs.length < 3 || pairs.length < 0.6 * Math.max(left.length, right.length)) return null;
  return { pairs, is_alike: same >= 0.3 * pairs.length };
}

/** The place in the other list that belongs to a place in this one (`side` 0: left, 1: right). */
function matching(pairs, side, { index, part }) {
  let low = 0, high = pairs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pairs[middle][side] <= index) low = middle;
    else high = middle - 1;
  }
  const [here, there] = [pairs[low][side], pairs[low][1 - side]];
  if (here === index) return { index: there, part };
  if (index < here) return { index: 0, part: 0 };
  const next = pairs[low + 1];
  const share = next ? (index - here + part) / (next[side] - here) : 1;
  const exact = next ? there + share * (next[1 - side] - there) : there;
  return { index: Math.floor(exact), part: exact % 1 };
}
