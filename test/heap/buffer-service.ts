// A service that keeps so many bytes of buffers in three functions, by different means, and churns through others. It lets go of
// the first when it is told to.

interface Kept {
  orders: Buffer[];
  matrices: Float64Array[];
  pieces: unknown[];
}

const kept: Kept = { orders: [], matrices: [], pieces: [] };
const MIB = 1024 * 1024;

function rememberOrder(): void {
  kept.orders.push(Buffer.alloc(MIB));
}

class Solver {
  grow(): void {
    kept.matrices.push(new Float64Array(65_536).fill(1));
  }
}

function keepPieces(bytes: number): void {
  kept.pieces.push(
    Buffer.concat([Buffer.alloc(bytes / 2), Buffer.alloc(bytes / 2)]),
    new ArrayBuffer(bytes),
    Uint8Array.from({ length: bytes }, () => 7),
    new Uint8Array(bytes).slice(0),
    Buffer.from('x'.repeat(bytes)),
  );
}

function churn(): void {
  for (let i = 0; i < 20; i += 1) Buffer.alloc(200_000).fill(1);
}

const solver = new Solver();
for (let i = 0; i < 40; i += 1) rememberOrder();
for (let i = 0; i < 60; i += 1) solver.grow();
for (let i = 0; i < 10; i += 1) keepPieces(256 * 1024);
setInterval(churn, 20);
setInterval(() => globalThis.gc?.(), 300);

process.on('message', (message) => {
  if (message === 'free') kept.orders = [];
  else for (const end = Date.now() + Number(message); Date.now() < end; );
  process.send?.('done');
});
