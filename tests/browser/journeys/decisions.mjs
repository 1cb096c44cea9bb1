// The second register: decisions, which are events and not persons.
import assert from 'node:assert/strict';

export default async ({ signed_in }, test) => {
  const arne = await signed_in('af-chef');
  await test('126 decisions of 2022 by kind, as published', async () => {
    await arne.go('/interventions/af-amt?from=2022-01-01&to=2022-12-31');
    const rows = await arne.table(/[Bb]eslut/);
    const all = new Map(rows.map((row) => [row[0].replace(/ mål$/, '').trim(), row]));
    const sums = { 'lönebidrag LFU/OSA': 82, 'anställning utan stöd': 12, nystartsjobb: 10, introduktionsjobb: 4, Samhall: 3, sjukersättning: 5, aktivitetsersättning: 1, studier: 9 };
    for (const [kind, sum] of Object.entries(sums)) assert.ok(all.get(kind)?.includes(String(sum)), `${kind}: ${all.get(kind)}`);
    assert.ok(rows.at(-1).includes('126'), rows.at(-1).join());
  });
  await test('96 subsidised employments, 61 of them new: both goals are reached', async () => {
    assert.match(await arne.text('.goals'), /nya beslut och förlängningar.*\bnått\b.*\b96\b.*nya subventionerade.*\bnått\b.*\b61\b/s);
  });
};
