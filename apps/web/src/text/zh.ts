import { buyer } from './zh/buyer';
import { bureau } from './zh/bureau';
import { common, signIn, words } from './zh/common';
import { home } from './zh/home';
import { household } from './zh/household';
import { map } from './zh/map';
import { problems } from './zh/problems';
import { proof } from './zh/proof';
import { reports } from './zh/reports';
import { registry } from './zh/registry';
import { verify } from './zh/verify';

export const zh = {
  language: 'zh' as 'zh' | 'en',
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

/** Every dictionary has this shape: a key that one lacks does not compile. */
export type Text = typeof zh;
