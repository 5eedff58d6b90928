export { County, type DemoReport } from './county';
export { createTestDatabase, type TestDatabase } from './database';
export {
  chromiumPath,
  describeWithBeancount,
  describeWithChromium,
  describeWithCurl,
  describeWithHledger,
  describeWithLedger,
  describeWithRedis,
  queuePrefix,
  redisUrl,
} from './needs';
export { appEnvironment, type AppName, type AppProcess, freePort, startApp } from './processes';
