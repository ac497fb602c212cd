;; Plain arrays: outside the recursion group, as engines' own builtins use the same types.

(type $Bytes (array (mut i8)))
(type $Shorts (array (mut i16)))
(type $Words (array (mut i32)))
(type $DoubleWords (array (mut i64)))
(type $Slots (array (mut eqref)))
