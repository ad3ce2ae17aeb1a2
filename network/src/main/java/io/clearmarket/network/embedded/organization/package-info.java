/** The organisations of the embedded network on disk: their CAs, nodes and users, laid out as cryptogen does. */
@NullMarked
package io.clearmarket.network.embedded.organization;

import org.jspecify.annotations.NullMarked;
