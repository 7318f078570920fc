// The standard normal distribution.

/** Complementary error function to within 1.2e-7 (Press and others, "Numerical Recipes", 1992, section 6.2). */
function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 2 / (2 + z);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  const exponent = series.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const tail = t * Math.exp(-z * z + exponent);
  return x >= 0 ? tail : 2 - tail;
}

/** The probability of a value of at least `z`. */
export const upperTail = (z: number): number => erfc(z / Math.SQRT2) / 2;

/** 97.5 % of the distribution is below: what a two-sided 95 % interval reaches to. */
export const Z_95 = 1.959964;
