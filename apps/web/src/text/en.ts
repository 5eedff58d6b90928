import { bureau } from './en/bureau';
import { buyer } from './en/buyer';
import { common, signIn, words } from './en/common';
import { home } from './en/home';
import { household } from './en/household';
import { map } from './en/map';
import { problems } from './en/problems';
import { proof } from './en/proof';
import { reports } from './en/reports';
import { registry } from './en/registry';
import { verify } from './en/verify';
import type { Text } from './zh';

export const en: Text = {
  language: 'en',
  common,
  signIn,
  words,
  problems,
  home,
  bureau,
  registry,
  household,
  map,
  buyer,
  verify,
  proof,
  reports,
};
