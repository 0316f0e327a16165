/** Golden values, shared by the rooms' tests. */
@NullMarked
package lethe.oracle;

import org.jspecify.annotations.NullMarked;
