import { Module, type OnModuleInit } from '@nestjs/common';

import { Metrics } from '@app/platform';
import { MetricsController } from './metrics.controller';

@Module({ controllers: [MetricsController] })
export class MetricsHttpModule implements OnModuleInit {
  constructor(private readonly metrics: Metrics) {}

  onModuleInit(): void {
    this.metrics.watchProcess();
  }
}
