/** Measures the embedded network on this machine: {@code ./clearmarket bench network}. */
@NullMarked
package io.clearmarket.network.bench;

import org.jspecify.annotations.NullMarked;
