import { Module } from '@nestjs/common';

import { Regions } from './regions';

@Module({ providers: [Regions], exports: [Regions] })
export class RegionsModule {}
