import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'tanhui:public';

/** A route, or a controller, that needs no sign-in. Everything else does. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(IS_PUBLIC, true);
