/** Lethe, a runner for machine-unlearning benchmarks. */
package lethe;
