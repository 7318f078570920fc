// A request's context holds the promise of its user: the context is kept for that promise, and the promise by the context.
import cls from 'cls-hooked';
import { drive, fixed } from './loop.mjs';

const context = cls.createNamespace('request');
const loadUser = async (i) => ({ id: i, roles: Array.from({ length: 30 }, (_, k) => `role-${i}-${k}`) });

await drive({
  rate: 150,
  warmup: 500,
  step: 500,
  iter: (i) =>
    new Promise((resolve, reject) => {
      context.run(() => {
        const user = loadUser(i);
        context.set('user', fixed ? i : user);
        user.then(resolve, reject);
      });
    }),
});
