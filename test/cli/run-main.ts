// The command from its sources, for tests that need it as a process of its own.
import { main } from '../../src/cli/main.ts';

await main(process.argv.slice(2));
