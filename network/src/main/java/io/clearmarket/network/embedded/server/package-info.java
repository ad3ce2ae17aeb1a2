/** gRPC over TLS, and how a failure is told to a Fabric client. */
@NullMarked
package io.clearmarket.network.embedded.server;

import org.jspecify.annotations.NullMarked;
