// Two sources of events as one: a busy one, and one that is silent, whose promise every race leaves a reaction on.
import { Repeater } from '@repeaterjs/repeater';
import { drive, fixed } from './loop.mjs';

async function* busy() {
  for (let i = 0; ; i++) yield { id: i, tags: Array.from({ length: 20 }, (_, k) => `tag-${i}-${k}`) };
}
const events = fixed ? busy() : Repeater.race([busy(), new Promise(() => {})]);

await drive({
  rate: 250,
  warmup: 1000,
  step: 800,
  async iter() {
    const { value } = await events.next();
    if (value.tags.length !== 20) throw new Error('bad event');
  },
});
