/**
 * Drives a folder of real marketplace orders (Olist's CSV files) through the whole system as its buyers, merchants and
 * carrier, each with keys of their own, through the public API only.
 */
@NullMarked
package io.clearmarket.gateway.replay;

import org.jspecify.annotations.NullMarked;
