import assert from 'node:assert/strict';
import { shown_by_app } from '../factors.mjs';

export default async ({ signed_in }, test) => {
  const coach = await signed_in('coach'), head = await signed_in('enhetschef'), af = await signed_in('af-chef');
  let participant;

  // With codes from an app one may decide who works with whom.
  const set_up_app = async (someone) => {
    await someone.go('/account/codes');
    const secret = (await someone.page.locator('code').innerText()).replaceAll(' ', '');
    await someone.page.getByLabel('De sex siffror som appen visar').fill(shown_by_app(secret));
    await someone.press('Börja med koder');
  };
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const panel = (someone, name) => someone.page.locator('section.panel', { has: someone.page.getByRole('heading', { name, exact: true }) });

  await test('a coach sees who works with the participant, and cannot change it', async () => {
    await coach.go('/interventions/jobbvagen-ar/participants');
    await coach.choose('J-012');
    participant = new URL(coach.page.url()).pathname;
    assert.match(await coach.text(), /Vilka som arbetar med deltagaren\s+Cajsa Coach\s+coach/);
    assert.equal(await coach.page.getByRole('link', { name: 'Ändra vilka som arbetar med deltagaren' }).count(), 0);
    await coach.go(`${participant}/assignments`);
    assert.equal(new URL(coach.page.url()).pathname, '/sign-in/again');
  });
  await test('a head with a password alone is asked to prove more, and then decides', async () => {
    await head.go(`${participant}/assignments`);
    assert.equal(new URL(head.page.url()).pathname, '/sign-in/again');
    await set_up_app(head);
    await head.go('/');
    await head.choose('Säg vem som arbetar med vem');
    await head.go(participant);
    await head.choose('Ändra vilka som arbetar med deltagaren');
  });
  await test('what is left out is said at its field', async () => {
    await head.press('Lägg till', 422);
    assert.match(await head.text(), /Välj en medarbetare som arbetar med ärenden\.\s+Välj minst ett slags uppgifter\./);
  });
  await test('a colleague gets work by name, for the kinds chosen', async () => {
    const form = panel(head, 'Låt en medarbetare arbeta med deltagaren');
    await form.getByLabel('Medarbetare', { exact: true }).selectOption('Cajsa Coach');
    await form.getByLabel('Arbetar som').fill('handläggare');
    await form.getByLabel('planering').check();
    await head.press('Lägg till');
    assert.match(await head.text(), /Cajsa Coach, handläggare\s+planering\s+vid namn/);
  });
  await test('a colleague on the list of conflicts no longer finds the participant, until taken away from it', async () => {
    const form = panel(head, 'Jäv');
    await form.getByLabel('Medarbetare som är jävig').selectOption('Cajsa Coach');
    await form.getByLabel('Varför').fill('Svägerska');
    await head.press('Sätt upp på listan');
    assert.match(await head.text(), /stoppat: jäv/);
    await coach.go(participant, 404);
    await head.press('Ta bort: Cajsa Coach');
    await coach.go(participant);
  });
  await test('what is ended is ended', async () => {
    await head.press('Avsluta: Cajsa Coach');
    assert.match(await panel(head, 'Arbetar med deltagaren').locator('details').textContent(), /Cajsa Coach, handläggare/);
  });
  await test('on the page of an intervention nobody gets everyone’s violence', async () => {
    await head.go('/interventions/jobbvagen-ar');
    await head.choose('Vilka som arbetar med alla');
    assert.equal(await head.page.getByLabel('våld').count(), 0);
  });
  await test('a participant who lets another party be told stands in its head’s list, who says who works with them', async () => {
    const told = af.page.locator(`tbody a[href^="${participant}"]`);
    await af.go('/assignments');
    assert.equal(await told.count(), 0);
    await coach.go(`${participant}/consents/new`);
    await coach.page.getByLabel('Vem som får veta').selectOption('Arbetsförmedlingen');
    await coach.page.getByLabel('planering').check();
    await coach.page.getByLabel('Från', { exact: true }).fill(day(0));
    await coach.page.getByLabel('Till och med').fill(day(30));
    await coach.page.getByLabel('Förklarat på').fill('svenska');
    await coach.page.getByLabel('Var blanketten finns').fill('pärm 3');
    await coach.press('Anteckna samtycket');
    await set_up_app(af);
    await af.go('/assignments');
    assert.match(await af.text(), /ingen än/);
    await af.follow(() => told.click());
    await af.page.getByLabel('Medarbetare', { exact: true }).selectOption('Agda Arbetsförmedlare');
    await panel(af, 'Låt en medarbetare arbeta med deltagaren').getByLabel('planering').check();
    await af.press('Lägg till');
    const agda = await signed_in('af-coach');
    await agda.go(participant);
    assert.match(await agda.text(), /Remitterad av|Plattform|Inskriven|Startade/);
    assert.doesNotMatch(await agda.text(), /Cajsa Coach\s+coach/);
  });
};
