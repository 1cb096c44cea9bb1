// A meeting is written down in a minute: with the keyboard alone, and few keys beyond the text.
import assert from 'node:assert/strict';

const most_keys = 20;
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export default async ({ signed_in }, test) => {
  const coach = await signed_in('coach');
  let participant;

  await test('a coach opens the form from the participant’s page', async () => {
    await coach.go('/interventions/jobbvagen-ar/participants');
    await coach.choose('J-012');
    participant = new URL(coach.page.url()).pathname;
    await coach.choose('Skriv möte');
  });

  await test('a meeting with two agreements takes at most twenty keys beyond the text', async () => {
    const { page } = coach;
    let keys = 0;
    const key = async (name, times = 1) => {
      for (; times; --times, ++keys) await page.keyboard.press(name);
    };
    const at = (id) => page.evaluate(() => document.activeElement.id).then((found) => assert.equal(found, id));
    await at('kind');  // where one begins
    await key('ArrowDown');
    const kind = await page.locator('#kind option:checked').innerText();
    await key('Tab', 3);  // past what is folded
    await at('notes');
    await page.keyboard.type('Vill prova kaféet. Orolig för bussen.');
    for (const [row, what] of [['1', 'Ringa kaféet'], ['2', 'Pröva bussen']]) {
      await key('Tab');
      if (row === '2') await key('Tab');  // past the calendar of the day
      await at(`what-${row}`);
      await page.keyboard.type(what);
      await key('Tab');
      await key('ArrowDown');
      await key('Tab');
      await at(`due-${row}`);
      const [year, month, date] = day(7).split('-');
      await page.keyboard.type(month + date + year);  // in the order of this browser's own language
      ++keys;  // in Swedish the year comes first, and an arrow leads on from it
      assert.equal(await page.locator(`#due-${row}`).inputValue(), day(7));
    }
    await Promise.all([page.waitForEvent('load'), key('Enter')]);
    await coach.look();
    assert.equal(new URL(page.url()).pathname, participant);
    assert.ok(keys <= most_keys, `${keys} keys`);
    const text = await coach.text();
    assert.ok(text.toLowerCase().includes(`region gotland\n${kind.toLowerCase()}`), kind);
    for (const words of ['Vill prova kaféet. Orolig för bussen.', 'Ringa kaféet', 'Pröva bussen', 'Region Gotland, senast']) assert.ok(text.includes(words), words);
  });

  await test('what was agreed is done with one press, and the press taken back', async () => {
    await coach.press('Gjort: Ringa kaféet');
    assert.match(await coach.text(), /Ringa kaféet gjort/);
    await coach.press('Ångra: Ringa kaféet');
    assert.equal(await coach.page.getByRole('button', { name: 'Gjort: Ringa kaféet' }).count(), 1);
  });
  await test('Ctrl and Enter in the text keep it too', async () => {
    await coach.choose('Skriv möte');
    await coach.page.getByLabel('Vad som sades').fill('Kort samtal om bussen.');
    await coach.follow(() => coach.page.keyboard.press('Control+Enter'));
    assert.match(await coach.text(), /Kort samtal om bussen\./);
  });
  await test('without the script more rows are had, nothing is lost, and a meeting to come is planned', async () => {
    const other = await signed_in('coach', { javaScriptEnabled: false });
    await other.go(`${participant}/meetings/new`);
    await other.page.getByLabel('Vad som sades').fill('Inför SIP.');
    await other.page.locator('summary', { hasText: 'När, hur och vilka' }).click();
    await other.page.getByLabel('Dag', { exact: true }).fill(day(9));
    await other.page.locator('#what-3').fill('Ta med intyget');
    await other.press('Fler överenskommelser');
    assert.equal(await other.page.locator('#what-3').inputValue(), 'Ta med intyget');
    assert.equal(await other.page.getByLabel('Vad som sades').inputValue(), 'Inför SIP.');
    await other.page.locator('#what-6').fill('Boka rummet');
    await other.press('Spara mötet', 422);
    assert.equal(await other.page.locator('#what-2').inputValue(), 'Boka rummet');
    for (const row of [1, 2]) {
      await other.page.locator(`#who-${row}`).selectOption('deltagaren');
      await other.page.locator(`#due-${row}`).fill(day(20));
    }
    await other.press('Spara mötet');
    assert.match(await other.text(), /planerat/);
  });
  await test('the meeting has a page of its own, and can be changed', async () => {
    await coach.go(participant);
    await coach.follow(() => coach.page.locator('.events a').first().click());
    assert.match(await coach.text(), /Boka rummet/);
    await coach.choose('Ändra');
    await coach.page.getByLabel('Dagordning').fill('Vem gör vad');
    await coach.press('Spara mötet');
    assert.match(await coach.text(), /Vem gör vad/);
  });
  await test('another party, and who works with nobody, come to no meeting', async () => {
    await coach.follow(() => coach.page.goto(participant));
    const address = await coach.page.locator('.events a').first().getAttribute('href');
    for (const account of ['af-coach', 'utomstaende', 'forbundschef']) {
      const other = await signed_in(account);
      await other.go(address, 404);
    }
  });
};
