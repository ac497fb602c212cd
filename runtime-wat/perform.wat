;; Sends whose selector or arguments are known only at run time, and the primitives that flush method caches.

;; Sends the selector with the arguments of an array.
(func $perform (param $receiver eqref) (param $selector eqref) (param $arguments (ref $Slots)) (param $depth i32)
    (result eqref)
;;@repeat 0 15
  (if (i32.eq (array.len (local.get $arguments)) (i32.const @n))
    (then (return_call $send_@n (local.get $receiver)
      @each{(array.get $Slots (local.get $arguments) (i32.const @i)) }
      (call $selector_id (local.get $selector)) (local.get $depth))))
;;@end
  (return_call $perform_many (local.get $receiver) (local.get $selector) (local.get $arguments) (local.get $depth)))

;; More arguments than code signatures have.
(func $perform_many (param $receiver eqref) (param $selector eqref) (param $arguments (ref $Slots)) (param $depth i32)
    (result eqref)
  (local $method (ref $CompiledMethod))
  (block $none (result eqref)
    (local.set $method (br_on_cast_fail $none eqref (ref $CompiledMethod)
      (call $find_method (call $class_of (local.get $receiver)) (local.get $selector))))
    (if (i32.eq (struct.get $CompiledMethod $numArgs (local.get $method)) (array.len (local.get $arguments)))
      (then (return_call $activate_method (local.get $method) (local.get $receiver) (local.get $arguments)
        (local.get $depth))))
    (ref.null eq))
  (drop)
  (return_call $not_understood (local.get $receiver) (call $selector_id (local.get $selector)) (local.get $arguments)
    (call $class_of (local.get $receiver)) (local.get $depth)))

;; flushCache of a Behavior, a CompiledMethod, a Symbol.
(func $primitive_89 (param $receiver eqref) (param $depth i32) (result eqref)
  (call $flush_method_caches)
  (local.get $receiver))

(func $primitive_116 (param $receiver eqref) (param $depth i32) (result eqref)
  (call $flush_method_caches)
  (local.get $receiver))

(func $primitive_119 (param $receiver eqref) (param $depth i32) (result eqref)
  (call $flush_method_caches)
  (local.get $receiver))

(func $primitive_119_1 (param $receiver eqref) (param $selector eqref) (param $depth i32) (result eqref)
  (call $flush_method_caches)
  (local.get $receiver))
