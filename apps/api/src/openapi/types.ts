/** What the document uses of OpenAPI 3.1, so that a wrong word in it does not compile. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Components;
}

export interface Components {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly headers: Readonly<Record<string, Header>>;
  readonly securitySchemes: Readonly<Record<string, object>>;
}

/** JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Ref {
  readonly $ref: string;
}

export type PathItem = Partial<Readonly<Record<'get' | 'post', Operation>>>;

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly [];
  /** Where the route is, when it is not below the address of all the others. */
  readonly servers?: readonly { readonly url: string }[];
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Content;
    readonly description?: string;
  };
  readonly responses: Responses;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Header {
  readonly description: string;
  readonly schema: Schema;
}

export type Responses = Readonly<Record<string, Response>>;

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Ref>>;
  readonly content?: Content;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface MediaType {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>;
}

/** A route as its author writes it: refusals by their codes, which the document turns into responses. */
export interface Route extends Operation {
  readonly codes: readonly string[];
}

/** The routes of one noun, and the shapes they speak of. Addresses are below /api/v1. */
export interface Resource {
  readonly tag: { readonly name: string; readonly description: string };
  readonly paths: Readonly<Record<string, Partial<Readonly<Record<'get' | 'post', Route>>>>>;
  readonly schemas?: Readonly<Record<string, Schema>>;
}
