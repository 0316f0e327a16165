/** Tests of networks, weights, trainings and the engine session. */
@NullMarked
package lethe.net;

import org.jspecify.annotations.NullMarked;
