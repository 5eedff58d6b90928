import { Module } from '@nestjs/common';

import { GiveIntoHands } from './give-into-hands';
import { ManagingBodies } from './managing-bodies';
import { Regions } from './regions';

const PUBLIC = [GiveIntoHands, ManagingBodies, Regions];

@Module({ providers: PUBLIC, exports: PUBLIC })
export class RegionsModule {}
