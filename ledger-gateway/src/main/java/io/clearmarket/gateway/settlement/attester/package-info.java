/**
 * The attesters: each has its own key, its own node of the settlement chain and its own organisation's peer, and signs only
 * what it has read there itself. What goes in and out are plain records, so that each can run in a process of its own.
 */
@NamedInterface("attester")
@NullMarked
package io.clearmarket.gateway.settlement.attester;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
