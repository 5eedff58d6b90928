import { CreateFirstAdministrator } from '@app/identity';
import { createDataSource } from '@app/platform';
import { ownerUrl } from './owner-url';

/** Prints a one-time password for the first administrator. Prints nothing when somebody can already sign in. */
export async function firstUser(): Promise<number> {
  const dataSource = createDataSource({ url: ownerUrl(), poolMax: 1, applicationName: 'tanhui-cli' });
  await dataSource.initialize();
  try {
    const created = await new CreateFirstAdministrator(dataSource).execute();
    if (created)
      console.log(`First sign-in (shown once): user ${created.login}  password ${created.password}`);
    return 0;
  } finally {
    await dataSource.destroy();
  }
}
