/** Faults on demand: what the nodes ask before they answer, write or go on, so that a test decides how they fail. */
@NullMarked
package io.clearmarket.network.embedded.faults;

import org.jspecify.annotations.NullMarked;
