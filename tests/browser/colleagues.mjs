// How colleagues come to have accounts: a unit head invites, and whoever was invited chooses a password.
import { password } from '../walk/stafett.mjs';

// By a head who has just signed in with two factors; {address, code}.
export async function invite(head, { name, account, role }) {
  await head.go('/colleagues');
  await head.choose('Bjud in en medarbetare');
  await head.page.getByLabel('Namn').fill(name);
  await head.page.getByLabel('Konto').fill(account);
  await head.page.getByLabel('Roll').selectOption(role);
  await head.press('Bjud in');
  const [address, code] = await head.page.locator('main code').allInnerTexts();
  return { address, code };
}

export async function begin_with_password(someone, { address, code }, account) {
  await someone.go(address);
  await someone.page.getByLabel('Koden du har fått').fill(code);
  await someone.page.getByLabel('Välj ett lösenord').fill(password);
  await someone.page.getByLabel('Lösenordet en gång till').fill(password);
  await someone.press('Börja');
  await someone.sign_in(account);
}
