export { knownBeforeBody } from './auth.guard';
export { AuthModule } from './auth.module';
export { CurrentPrincipal, CurrentToken } from './current-principal';
export { Public } from './public';
export { requirePost } from './require-post';
export { principalOf } from './signed-in-request';
