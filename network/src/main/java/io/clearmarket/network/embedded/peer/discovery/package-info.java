/** {@code discovery.Discovery}: what clients that are older than the gateway ask a peer about its channel. */
@NullMarked
package io.clearmarket.network.embedded.peer.discovery;

import org.jspecify.annotations.NullMarked;
