/**
 * Brings the whole system up on one machine: network, chaincode, development chain, gateway; and down again. Each part is
 * a process of its own, known by its pid.
 */
@NullMarked
package io.clearmarket.gateway.up;

import org.jspecify.annotations.NullMarked;
