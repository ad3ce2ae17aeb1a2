/** How private data gets from peer to peer: handed over at endorsement, fetched at commit, looked for afterwards. */
@NullMarked
package io.clearmarket.network.embedded.peer.privatedata;

import org.jspecify.annotations.NullMarked;
