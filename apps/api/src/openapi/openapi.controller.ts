import { Controller, Get, Header } from '@nestjs/common';

import { Public } from '../auth';
import { openApiDocument } from './document';

/** The contract of the API, for tools that make clients of it. */
@Controller('openapi.json')
export class OpenApiController {
  /** Built once: every refusal has been registered when the first request comes. */
  #text: string | undefined;

  @Public()
  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  show(): string {
    this.#text ??= JSON.stringify(openApiDocument());
    return this.#text;
  }
}
