;; Primitives that send messages, run methods and closures, or try other primitives; identity and class. All pass control on
;; by tail calls, so that no frame of theirs stays below Smalltalk code.

;; Native code always runs above depth 0: that depth belongs to the run loop.
(func $above (param $depth i32) (result i32)
  (select (local.get $depth) (i32.const 64) (local.get $depth)))

;; --- perform: ---

;; perform: selector with: ... ; the name's second number is the count of arguments, the selector included
;;@repeat 0 14
(func $primitive_83_@+ (param $receiver eqref) (param $selector eqref) @each{(param $argument@i eqref) }(param $depth i32)
    (result eqref)
  (local $id i32)
  (local.set $id (call $performed_selector (local.get $selector) (call $class_index_of (local.get $receiver)) (i32.const @n)))
  (if (i32.lt_s (local.get $id) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $send_@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $id) (call $above (local.get $depth))))
;;@end

;; perform: selector withArguments: array
(func $primitive_84 (param $receiver eqref) (param $selector eqref) (param $array eqref) (param $depth i32) (result eqref)
  (local $arguments (ref null $Slots))
  (local.set $arguments (call $array_contents (local.get $array)))
  (if (ref.is_null (local.get $arguments)) (then (return (global.get $failed))))
  (if (i32.lt_s
        (call $performed_selector (local.get $selector) (call $class_index_of (local.get $receiver))
          (array.len (local.get $arguments)))
        (i32.const 0))
    (then (return (global.get $failed))))
  (return_call $perform (local.get $receiver) (local.get $selector)
    (call $copy_slots (ref.as_non_null (local.get $arguments))) (call $above (local.get $depth))))

;; perform: selector withArguments: array inSuperclass: class
(func $primitive_100 (param $receiver eqref) (param $selector eqref) (param $array eqref) (param $class eqref)
    (param $depth i32) (result eqref)
  (local $arguments (ref null $Slots)) (local $method eqref) (local $id i32)
  (local.set $arguments (call $array_contents (local.get $array)))
  (if (ref.is_null (local.get $arguments)) (then (return (global.get $failed))))
  (if (i32.eqz (call $inherits_from (call $class_of (local.get $receiver)) (local.get $class)))
    (then (return (global.get $failed))))
  (local.set $id (call $performed_selector (local.get $selector) (call $ensure_class_index (local.get $class))
    (array.len (local.get $arguments))))
  (if (i32.lt_s (local.get $id) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $method (call $method_for (call $ensure_class_index (local.get $class)) (local.get $id)))
  (if (ref.is_null (local.get $method))
    (then (return_call $not_understood (local.get $receiver) (local.get $id)
      (call $copy_slots (ref.as_non_null (local.get $arguments))) (local.get $class) (call $above (local.get $depth)))))
  (block $odd (result eqref)
    (return_call $activate_method (br_on_cast_fail $odd eqref (ref $CompiledMethod) (local.get $method))
      (local.get $receiver) (ref.as_non_null (local.get $arguments)) (call $above (local.get $depth))))
  (drop)
  (return_call $run_with_in (local.get $method) (local.get $receiver) (local.get $id)
    (call $copy_slots (ref.as_non_null (local.get $arguments))) (call $above (local.get $depth))))

;; A mirror's object: receiver perform: selector withArguments: array inClass: class
(func $primitive_100_4 (param $mirror eqref) (param $receiver eqref) (param $selector eqref) (param $array eqref)
    (param $class eqref) (param $depth i32) (result eqref)
  (return_call $primitive_100 (local.get $receiver) (local.get $selector) (local.get $array) (local.get $class)
    (local.get $depth)))

;; A mirror's receiver: object withArguments: array executeMethod: method
(func $primitive_188_3 (param $mirror eqref) (param $receiver eqref) (param $array eqref) (param $method eqref)
    (param $depth i32) (result eqref)
  (return_call $primitive_188 (local.get $receiver) (local.get $array) (local.get $method) (local.get $depth)))

;; withArgs: array executeMethod: method
(func $primitive_188 (param $receiver eqref) (param $array eqref) (param $method eqref) (param $depth i32) (result eqref)
  (local $arguments (ref null $Slots))
  (local.set $arguments (call $array_contents (local.get $array)))
  (if (ref.is_null (local.get $arguments)) (then (return (global.get $failed))))
  (block $no_method (result eqref)
    (return_call $activate_method (br_on_cast_fail $no_method eqref (ref $CompiledMethod) (local.get $method))
      (local.get $receiver) (ref.as_non_null (local.get $arguments)) (call $above (local.get $depth))))
  (drop)
  (global.get $failed))

;; with: ... executeMethod: method
;;@repeat 0 6
(func $primitive_189_@+ (param $receiver eqref) @each{(param $argument@i eqref) }(param $method eqref) (param $depth i32)
    (result eqref)
  (block $no_method (result eqref)
    (return_call $activate_method (br_on_cast_fail $no_method eqref (ref $CompiledMethod) (local.get $method))
      (local.get $receiver) (array.new_fixed $Slots @n @each{(local.get $argument@i) }) (call $above (local.get $depth))))
  (drop)
  (global.get $failed))
;;@end

;; --- trying primitives ---

;; A primitive that is tried may itself need all Contexts, or walk the heap: then it is this attempt that is made again.
(func $is_tried_alone (param $receiver eqref) (param $depth i32) (result i32)
  (i32.and (i32.eqz (local.get $depth))
    (ref.eq (local.get $receiver) (global.get $retry_receiver))))

;; tryPrimitive: number withArgs: array
(func $primitive_118 (param $receiver eqref) (param $number eqref) (param $array eqref) (param $depth i32) (result eqref)
  (local $arguments (ref null $Slots)) (local $index i32)
  (if (i32.eqz (call $is_tried_alone (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver)
      (array.new_fixed $Slots 2 (local.get $number) (local.get $array)))))
  (local.set $arguments (call $array_contents (local.get $array)))
  (local.set $index (call $small_or (local.get $number) (i32.const 0)))
  (if (i32.or (ref.is_null (local.get $arguments)) (i32.le_s (local.get $index) (i32.const 0)))
    (then (return (global.get $failed))))
  (if (call $is_quick (local.get $index))
    (then (return_call $quick_primitive (local.get $index) (local.get $receiver))))
  (if (i32.ge_u (local.get $index) (i32.const 1024)) (then (return (global.get $failed))))
  (return_call $run_indexed (local.get $index) (local.get $receiver) (ref.as_non_null (local.get $arguments))
    (local.get $depth)))

;; tryNamedPrimitiveIn: method for: object withArgs: array
(func $primitive_218 (param $receiver eqref) (param $method eqref) (param $object eqref) (param $array eqref)
    (param $depth i32) (result eqref)
  (local $arguments (ref null $Slots)) (local $index i32)
  (if (i32.eqz (call $is_tried_alone (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver)
      (array.new_fixed $Slots 3 (local.get $method) (local.get $object) (local.get $array)))))
  (local.set $arguments (call $array_contents (local.get $array)))
  (if (ref.is_null (local.get $arguments)) (then (return (global.get $failed))))
  (block $no_method (result eqref)
    (local.set $index (call $named_table_index
      (br_on_cast_fail $no_method eqref (ref $CompiledMethod) (local.get $method))))
    (if (i32.eqz (local.get $index)) (then (return (global.get $failed))))
    (return_call $run_indexed (local.get $index) (local.get $object) (ref.as_non_null (local.get $arguments))
      (local.get $depth)))
  (drop)
  (global.get $failed))

;; --- closures ---

;; value, value: ... of a closure with that many arguments
;;@repeat 0 15
;; The commonest closures first: one cast and two loads.
(func $value_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $depth i32) (result eqref)
  (local $closure (ref $BlockClosure@n))
  (block $other (result eqref)
    (local.set $closure (br_on_cast_fail $other eqref (ref $BlockClosure@n) (local.get $receiver)))
    (drop (br_if $other (ref.null eq) (i32.ne (struct.get $BlockClosure $numArgs (local.get $closure)) (i32.const @n))))
    (drop (br_if $other (ref.null eq) (ref.is_null (struct.get $BlockClosure $outer (local.get $closure)))))
    (return_call_ref $Block@n (local.get $closure) @each{(local.get $argument@i) }(call $above (local.get $depth))
      (struct.get $BlockClosure@n $code (local.get $closure))))
  (drop)
  (return_call $value_of_other_@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth)))

(func $value_of_other_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $depth i32) (result eqref)
  (if (i32.eqz (call $closure_takes (local.get $receiver) (i32.const @n))) (then (return (global.get $failed))))
  (return_call $call_closure_@n (ref.cast (ref $BlockClosure) (local.get $receiver))
    @each{(local.get $argument@i) }(call $above (local.get $depth))))
;;@end

(func $primitive_201 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $value_0 (local.get $receiver) (local.get $depth)))

(func $primitive_202 (param $receiver eqref) (param $a eqref) (param $depth i32) (result eqref)
  (return_call $value_1 (local.get $receiver) (local.get $a) (local.get $depth)))

(func $primitive_203 (param $receiver eqref) (param $a eqref) (param $b eqref) (param $depth i32) (result eqref)
  (return_call $value_2 (local.get $receiver) (local.get $a) (local.get $b) (local.get $depth)))

(func $primitive_204 (param $receiver eqref) (param $a eqref) (param $b eqref) (param $c eqref) (param $depth i32)
    (result eqref)
  (return_call $value_3 (local.get $receiver) (local.get $a) (local.get $b) (local.get $c) (local.get $depth)))

(func $primitive_205 (param $receiver eqref) (param $a eqref) (param $b eqref) (param $c eqref) (param $d eqref)
    (param $depth i32) (result eqref)
  (return_call $value_4 (local.get $receiver) (local.get $a) (local.get $b) (local.get $c) (local.get $d)
    (local.get $depth)))

;; valueWithArguments: array
(func $primitive_206 (param $receiver eqref) (param $array eqref) (param $depth i32) (result eqref)
  (local $arguments (ref null $Slots))
  (local.set $arguments (call $array_contents (local.get $array)))
  (if (ref.is_null (local.get $arguments)) (then (return (global.get $failed))))
;;@repeat 0 15
  (if (i32.eq (array.len (local.get $arguments)) (i32.const @n))
    (then (return_call $value_@n (local.get $receiver)
      @each{(array.get $Slots (local.get $arguments) (i32.const @i)) }(local.get $depth))))
;;@end
  (global.get $failed))

;; FullBlockClosures: value and its like, valueWithArguments:, valueNoContextSwitch
(func $primitive_207 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $value_0 (local.get $receiver) (local.get $depth)))

(func $primitive_207_1 (param $receiver eqref) (param $a eqref) (param $depth i32) (result eqref)
  (return_call $value_1 (local.get $receiver) (local.get $a) (local.get $depth)))

(func $primitive_207_2 (param $receiver eqref) (param $a eqref) (param $b eqref) (param $depth i32) (result eqref)
  (return_call $value_2 (local.get $receiver) (local.get $a) (local.get $b) (local.get $depth)))

(func $primitive_207_3 (param $receiver eqref) (param $a eqref) (param $b eqref) (param $c eqref) (param $depth i32) (result eqref)
  (return_call $value_3 (local.get $receiver) (local.get $a) (local.get $b) (local.get $c) (local.get $depth)))

(func $primitive_207_4 (param $receiver eqref) (param $a eqref) (param $b eqref) (param $c eqref) (param $d eqref) (param $depth i32) (result eqref)
  (return_call $value_4 (local.get $receiver) (local.get $a) (local.get $b) (local.get $c) (local.get $d) (local.get $depth)))

(func $primitive_208 (param $receiver eqref) (param $array eqref) (param $depth i32) (result eqref)
  (return_call $primitive_206 (local.get $receiver) (local.get $array) (local.get $depth)))

(func $primitive_209 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $value_0 (local.get $receiver) (local.get $depth)))

(func $primitive_209_1 (param $receiver eqref) (param $a eqref) (param $depth i32) (result eqref)
  (return_call $value_1 (local.get $receiver) (local.get $a) (local.get $depth)))

;; valueNoContextSwitch, valueNoContextSwitch:
(func $primitive_221 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $value_0 (local.get $receiver) (local.get $depth)))

(func $primitive_222 (param $receiver eqref) (param $a eqref) (param $depth i32) (result eqref)
  (return_call $value_1 (local.get $receiver) (local.get $a) (local.get $depth)))

;; --- identity and class; with one argument more for the mirrors ---

(func $primitive_110 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
;;@if WORD64
  (return_call $as_bool (call $identical (local.get $receiver) (local.get $other))))
;;@else
  (return_call $as_bool (ref.eq (local.get $receiver) (local.get $other))))
;;@endif

(func $primitive_110_2 (param $receiver eqref) (param $one eqref) (param $other eqref) (param $depth i32) (result eqref)
;;@if WORD64
  (return_call $as_bool (call $identical (local.get $one) (local.get $other))))
;;@else
  (return_call $as_bool (ref.eq (local.get $one) (local.get $other))))
;;@endif

(func $primitive_111 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $class_of (local.get $receiver)))

(func $primitive_111_1 (param $receiver eqref) (param $object eqref) (param $depth i32) (result eqref)
  (return_call $class_of (local.get $object)))

(func $primitive_169 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
;;@if WORD64
  (return_call $as_bool (i32.eqz (call $identical (local.get $receiver) (local.get $other)))))
;;@else
  (return_call $as_bool (i32.eqz (ref.eq (local.get $receiver) (local.get $other)))))
;;@endif

;; --- leaving ---

;; quit
(func $primitive_113 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $quit (local.get $receiver) (i32.const 0)))

;; quit with an exit code
(func $primitive_113_1 (param $receiver eqref) (param $code eqref) (param $depth i32) (result eqref)
  (return_call $quit (local.get $receiver) (call $small_or (local.get $code) (i32.const 1))))

(func $quit (param $receiver eqref) (param $code i32) (result eqref)
  (global.set $exit_code (local.get $code))
  (drop (call $begin_capture_push (local.get $receiver)))
  (global.set $after_capture (i32.const 4))
  (global.get $unwind))
