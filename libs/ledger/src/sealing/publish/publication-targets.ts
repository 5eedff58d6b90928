import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Environment } from '@app/platform';
import { FolderTarget } from './folder-target';
import type { PublicationTarget, TargetName } from './publication-target';
import { StoreTarget } from './store-target';
import { WebhookTarget } from './webhook-target';

/** Where this installation publishes besides its own public page. */
@Injectable()
export class PublicationTargets {
  readonly #targets: readonly PublicationTarget[];

  constructor(environment: Environment) {
    this.#targets = targetsOf(environment);
  }

  get names(): readonly TargetName[] {
    return this.#targets.map(({ name }) => name);
  }

  /** Undefined when the place was taken out of the configuration meanwhile. */
  byName(name: TargetName): PublicationTarget | undefined {
    return this.#targets.find((target) => target.name === name);
  }
}

function targetsOf(env: Environment): PublicationTarget[] {
  const targets: PublicationTarget[] = [];
  if (env.CHECKPOINT_FOLDER !== undefined) targets.push(new FolderTarget(env.CHECKPOINT_FOLDER));
  if (env.CHECKPOINT_STORE_URL !== undefined) {
    targets.push(new StoreTarget(env.CHECKPOINT_STORE_URL, env.CHECKPOINT_STORE_AUTHORIZATION));
  }
  if (env.CHECKPOINT_WEBHOOK_URL !== undefined) {
    const key = present(env.CHECKPOINT_WEBHOOK_KEY, 'a webhook has its key');
    targets.push(new WebhookTarget(env.CHECKPOINT_WEBHOOK_URL, key));
  }
  return targets;
}
