import { Injectable } from '@nestjs/common';

import { Database } from '@app/platform';
import { ActivityStore, type Activity, type ActivityFilter } from './activity.store';

@Injectable()
export class Activities {
  constructor(
    private readonly database: Database,
    private readonly activities: ActivityStore,
  ) {}

  list(book: number, filter: ActivityFilter): Promise<Activity[]> {
    return this.activities.list(this.database, book, filter);
  }
}
