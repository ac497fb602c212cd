;; Which methods of Floats are the primitives that translated code has instructions for.

;; 1 while sqrt is the primitive for all Floats, 2 where it is not, 0: not looked at yet.
(global $plain_square_root (mut i32) (i32.const 0))

(func $look_at_square_root (param $selector i32)
  (global.set $plain_square_root (select (i32.const 1) (i32.const 2) (i32.and
;;@if WORD64
    (call $has_primitive (i32.const 4) (local.get $selector) (i32.const 555))
;;@else
    (i32.const 1)
;;@endif
    (call $has_primitive (global.get $class_index_float) (local.get $selector) (i32.const 55))))))

;; The same of asFloat for SmallIntegers.
(global $plain_as_float (mut i32) (i32.const 0))

(func $look_at_as_float (param $selector i32)
  (global.set $plain_as_float (select (i32.const 1) (i32.const 2)
    (call $has_primitive (global.get $class_index_small_integer) (local.get $selector) (i32.const 40)))))

;; The word at $site becomes 1 if all Floats reach the primitive for this unary selector, 2 if not.
(func $look_at_float_primitive (param $selector i32) (param $primitive i32) (param $site i32)
  (i32.store (local.get $site) (select (i32.const 1) (i32.const 2) (i32.and
;;@if WORD64
    (call $has_primitive (i32.const 4) (local.get $selector) (i32.add (local.get $primitive) (i32.const 500)))
;;@else
    (i32.const 1)
;;@endif
    (call $has_primitive (global.get $class_index_float) (local.get $selector) (local.get $primitive))))))

;; The word at $site becomes 1 if all Floats reach the code for this selector, 2 if not.
(func $look_at_float_method (param $selector i32) (param $code i32) (param $site i32)
  (i32.store (local.get $site) (select (i32.const 1) (i32.const 2) (i32.and
;;@if WORD64
    (call $reaches_code (i32.const 4) (local.get $selector) (local.get $code))
;;@else
    (i32.const 1)
;;@endif
    (call $reaches_code (global.get $class_index_float) (local.get $selector) (local.get $code))))))

(func $reaches_code (param $classIndex i32) (param $selector i32) (param $code i32) (result i32)
  (drop (block $other (result eqref)
    (return (i32.eq (local.get $code) (struct.get $CompiledMethod $code
      (br_on_cast_fail $other eqref (ref $CompiledMethod)
        (call $method_for (local.get $classIndex) (local.get $selector))))))))
  (i32.const 0))

(func $has_primitive (param $classIndex i32) (param $selector i32) (param $primitive i32) (result i32)
  (drop (block $other (result eqref)
    (return (i32.eq (local.get $primitive) (struct.get $CompiledMethod $primitive
      (br_on_cast_fail $other eqref (ref $CompiledMethod)
        (call $method_for (local.get $classIndex) (local.get $selector))))))))
  (i32.const 0))
